namespace LayoutDsl.Analysis.Adopting;

/// <summary>An object of an image.</summary>
/// <param name="Path">Its path in the build; of a member of an archive that of the archive and its name.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Id">Content id.</param>
public sealed record AdoptedObject(string Path, byte[] Bytes, string Id);
