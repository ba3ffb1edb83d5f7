using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>
/// Reads inputs on a thread of its own, so that a hang or a stack overflow has a name, and counts crashes, hangs and memory.
/// </summary>
internal sealed class Watchdog
{
    private static readonly TimeSpan InputLimit = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _startOfInput;

    public int Inputs { get; private set; }

    public int Crashes { get; private set; }

    public int Hangs { get; private set; }

    /// <summary>Inputs that took more memory than <see cref="MemoryLimit"/>.</summary>
    public int Excesses { get; private set; }

    public int Rejected { get; private set; }

    public long LargestAllocation { get; private set; }

    public long Longest { get; private set; }

    public HashSet<ObjectFileErrorCode> Codes { get; } = [];

    public List<string> Reported { get; } = [];

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>A bound that is generous for small files and linear for large ones.</summary>
    public static long MemoryLimit(int length) => (64L << 20) + (16L * length);

    public void Run(Mutator mutator, int inputs, IReadOnlyList<string> names)
    {
        var reading = new Thread(() => ReadAll(mutator, inputs, names)) { IsBackground = true };
        _startOfInput = _clock.ElapsedTicks;
        reading.Start();
        while (!reading.Join(200))
        {
            if (_clock.ElapsedTicks - Interlocked.Read(ref _startOfInput) > InputLimit.TotalSeconds * Stopwatch.Frequency)
            {
                Hangs++;
                Reported.Add($"input {Inputs} takes more than {InputLimit.TotalSeconds} s");
                return;
            }
        }
    }

    private void ReadAll(Mutator mutator, int inputs, IReadOnlyList<string> names)
    {
        var errors = new List<ObjectFileError>();
        for (int i = 0; i < inputs; i++)
        {
            Interlocked.Exchange(ref _startOfInput, _clock.ElapsedTicks);
            errors.Clear();
            int index = 0;
            ReadOnlyMemory<byte> data = default;
            long before = 0;
            try
            {
                // Finding a place to damage reads the file as well.
                (index, data) = mutator.Next();
                before = GC.GetAllocatedBytesForCurrentThread();
                Everything.Read(data, errors);
            }
#pragma warning disable CA1031 // Any exception is what this looks for.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Crashes++;
                Report($"input {i} (from {names[index]}): {exception}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Longest = Math.Max(Longest, data.Length);
            LargestAllocation = Math.Max(LargestAllocation, allocated);
            if (allocated > MemoryLimit(data.Length))
            {
                Excesses++;
                Report($"input {i} (from {names[index]}, {data.Length} bytes) allocated {allocated} bytes");
            }

            Rejected += errors.Count != 0 ? 1 : 0;
            foreach (ObjectFileError error in errors)
            {
                Codes.Add(error.Code);
            }

            Inputs++;
        }
    }

    private void Report(string message)
    {
        if (Reported.Count < 20)
        {
            Reported.Add(message);
        }
    }
}
