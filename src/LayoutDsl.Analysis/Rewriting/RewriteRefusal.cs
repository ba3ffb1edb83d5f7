namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Why an object cannot be part of a block.</summary>
/// <param name="Object">The object, as messages name it.</param>
/// <param name="Section">The section with the reference.</param>
/// <param name="Offset">Where in the section, in bytes.</param>
/// <param name="Symbol">What is referred to.</param>
/// <param name="Reason">What is wrong with the reference, as the end of a sentence.</param>
/// <param name="Hint">What helps.</param>
public sealed record RewriteRefusal(string Object, string Section, ulong Offset, string Symbol, string Reason, string Hint);
