namespace LayoutDsl.Analysis.Adopting;

/// <summary>What all images of a build have in common.</summary>
/// <param name="Architecture">Name of the machine.</param>
/// <param name="Page">Page size in bytes.</param>
/// <param name="Entry">Entry symbol.</param>
/// <param name="Origin">First address of any image.</param>
/// <param name="Length">Bytes from there that images may take.</param>
internal sealed record AdoptedTarget(string Architecture, ulong Page, string Entry, ulong Origin, ulong Length);
