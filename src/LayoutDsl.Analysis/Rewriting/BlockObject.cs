using LayoutDsl.Model;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>A rewritten object that is not written yet.</summary>
/// <param name="Input">The input of the library that names it or its archive.</param>
/// <param name="Path">Path of the object that it was made from, or its name in the archive.</param>
/// <param name="Name">How messages name it.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record BlockObject(BoundInput Input, string Path, string Name, byte[] Bytes);
