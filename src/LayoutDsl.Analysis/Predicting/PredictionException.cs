using System;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Something that the model of the linker does not know: the prediction would be a guess. Caught where a fleet is predicted, and reported.</summary>
internal sealed class PredictionException : Exception
{
    public PredictionException(string message)
        : base(message)
    {
    }
}
