namespace LayoutDsl.Analysis.Resolution;

/// <summary>One input of a link; inputs are in the order of the command line.</summary>
public abstract record LinkInput;
