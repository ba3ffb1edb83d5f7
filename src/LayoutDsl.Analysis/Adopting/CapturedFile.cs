namespace LayoutDsl.Analysis.Adopting;

/// <summary>A file as it was when a tool of the build read or wrote it.</summary>
/// <param name="Name">Its path as the tool was given it.</param>
/// <param name="FullPath">Its path in the build.</param>
/// <param name="Copy">Path of the copy that the capture keeps.</param>
public sealed record CapturedFile(string Name, string FullPath, string Copy);
