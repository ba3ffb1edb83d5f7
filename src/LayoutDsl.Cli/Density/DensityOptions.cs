using System;
using System.Collections.Generic;

namespace LayoutDsl.Cli.Density;

/// <summary>As what images are run.</summary>
internal enum RunAs
{
    /// <summary>Processes whose segments lie in anonymous memory, as a hypervisor loads a guest; the kernel merges equal pages.</summary>
    Process,

    /// <summary>Guests of QEMU; the kernel merges equal pages.</summary>
    Guest,

    /// <summary>Processes that map their pages from a pool: shared from the start, nothing is merged.</summary>
    Pool,
}

/// <summary>What is to be measured.</summary>
/// <param name="RunAs">As what images are run.</param>
/// <param name="Instances">How many of each image, growing: a measurement for each number.</param>
/// <param name="MergesPages">The kernel merges pages; else the memory is measured as it is.</param>
/// <param name="GuestMiB">Memory of a guest.</param>
/// <param name="Qemu">The program that runs guests.</param>
/// <param name="Accelerator">How guests run: one of <see cref="GuestAccelerator.Names"/>.</param>
/// <param name="ScanPages">Pages that the kernel looks at before it sleeps; null leaves the setting.</param>
/// <param name="ScanSleep">Milliseconds for which it sleeps; null leaves the setting.</param>
/// <param name="Timeout">For how long merging is waited for, at each number of instances.</param>
/// <param name="TakesAllMemory">Goes on when more memory may be needed than is free.</param>
internal sealed record DensityOptions(
    RunAs RunAs,
    IReadOnlyList<int> Instances,
    bool MergesPages,
    int GuestMiB,
    string Qemu,
    string Accelerator,
    int? ScanPages,
    int? ScanSleep,
    TimeSpan Timeout,
    bool TakesAllMemory);
