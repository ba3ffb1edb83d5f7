using System.Collections.Generic;

namespace LayoutDsl.Analysis.References;

/// <summary>The references of one library.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Images">In how many images it is.</param>
/// <param name="Families">How many different sets of targets these images have: images that give it the same are followed once.</param>
/// <param name="Count">Relocations in its sections.</param>
/// <param name="Targets">How many lead to each library; to the application (empty name) or to what the linker makes ("linker").</param>
/// <param name="Unstable">Those that do not meet the same address in all images.</param>
public sealed record LibraryReferences(string Name, int Images, int Families, int Count, IReadOnlyDictionary<string, int> Targets, IReadOnlyList<UnstableReference> Unstable);
