namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Why a reference cannot be rewritten.</summary>
/// <param name="Reason">What is wrong with it, as the end of a sentence.</param>
/// <param name="Hint">What helps.</param>
internal sealed record RewriteProblem(string Reason, string Hint)
{
    /// <summary>A reference to a table that each image has for itself, which no word can name.</summary>
    public static readonly RewriteProblem LocalTable = new("leads to a table of the image, by a name that only this object knows", "give it a global symbol");
}
