using System.Collections.Generic;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>What a library brings: its files, and its content in parts.</summary>
/// <param name="Library">The library.</param>
/// <param name="Images">The images that have it.</param>
/// <param name="Files">Its files in link order.</param>
/// <param name="Parts">Its parts; of a library that is the same everywhere there is one.</param>
internal sealed record LibraryContent(BoundLibrary Library, ImageSet Images, EquatableArray<InputFilePlan> Files, IReadOnlyList<LibraryPart> Parts);

/// <summary>
/// The input sections of a library that are together in the same images: those that all its images have alike, those that only some have, or those of which images have other variants.
/// Variants of a part lie at one address, each input section at the same offset in all of them, so that references to them are the same in all images.
/// </summary>
/// <param name="Library">The library.</param>
/// <param name="Key">Empty for what all images of the library have alike, else the name of the part's first object.</param>
/// <param name="Number">Number of the part in its library, from 0.</param>
/// <param name="Partition">Which images have which variant.</param>
/// <param name="Variants">The contents, in the order of the partition's sets.</param>
internal sealed record LibraryPart(BoundLibrary Library, string Key, int Number, Partition Partition, IReadOnlyList<UnitContent> Variants);
