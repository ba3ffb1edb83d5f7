using System.Collections.Generic;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Facts;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>How a build is linked again.</summary>
/// <param name="Directory">Folder for the programs.</param>
/// <param name="Parallelism">How many links run at once; the number of processors when 0.</param>
public sealed record RelinkOptions(string Directory, int Parallelism = 0);

/// <summary>What linking again did.</summary>
/// <param name="Plan">The plan that was linked with.</param>
/// <param name="Facts">What was measured.</param>
/// <param name="Links">Which programs were linked.</param>
/// <param name="Images">The programs.</param>
public sealed record RelinkSummary(LayoutPlan Plan, FactsFile Facts, LinkSummary Links, IReadOnlyList<RelinkedImage> Images);

/// <summary>A program that was linked again.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Linked">The file as the linker wrote it.</param>
/// <param name="Original">A copy of what the linker wrote in the build.</param>
/// <param name="Product">The file after all that the build does with it.</param>
/// <param name="Bounds">The symbols that its scripts define.</param>
/// <param name="Moved">The output sections of its script of which libraries have slots.</param>
/// <param name="IsCollected">The linker leaves out what the program does not need (<c>--gc-sections</c>).</param>
public sealed record RelinkedImage(string Name, string Linked, string Original, string Product, IReadOnlyList<string> Bounds, ISet<string> Moved, bool IsCollected);
