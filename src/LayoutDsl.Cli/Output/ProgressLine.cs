using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using LayoutDsl.Planning;

namespace LayoutDsl.Cli.Output;

/// <summary>Says how far a command is once it has taken a second: in place on a terminal, now and then as a line elsewhere.</summary>
internal sealed class ProgressLine
{
    private readonly TextWriter writer;
    private readonly bool isTerminal;
    private readonly TimeSpan interval;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly object gate = new();
    private TimeSpan next;
    private bool isShown;

    public ProgressLine(TextWriter writer, bool isTerminal)
    {
        this.writer = writer;
        this.isTerminal = isTerminal;
        // Elsewhere a line stays, so it has to be worth it.
        next = TimeSpan.FromSeconds(isTerminal ? 1 : 5);
        interval = isTerminal ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(10);
    }

    /// <summary>A callback that counts with this verb, such as <c>linked</c>.</summary>
    public Action<int, int> Count(string verb) => (done, all) => Show(FormattableString.Invariant($"{verb} {done} of {all}"));

    /// <summary>Shows how far planning is.</summary>
    public PlanProgress OfPlanning(CancellationToken cancellation) => new((what, done, all) => Count(what)(done, all), cancellation);

    public void Show(string text) => Show(text, false);

    /// <summary>Says at once why nothing goes on.</summary>
    public void ShowNow(string text) => Show(text, true);

    /// <summary>Does something that cannot count how far it is, and says for how long that has been going on.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="what">What is done, such as <c>reading</c> and the name of a file.</param>
    /// <param name="work">Does it.</param>
    public T While<T>(string what, Func<T> work)
    {
        TimeSpan start = watch.Elapsed;
        using var timer = new Timer(_ => Show(FormattableString.Invariant($"{what}, {(watch.Elapsed - start).TotalSeconds:0} s")), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        try
        {
            return work();
        }
        finally
        {
            // A tick that runs has written its line before anything else is.
            using var ended = new ManualResetEvent(false);
            if (timer.Dispose(ended)) ended.WaitOne();
        }
    }

    private void Show(string text, bool isUrgent)
    {
        lock (gate)
        {
            if (watch.Elapsed < next && !isUrgent) return;
            next = watch.Elapsed + interval;
            if (isTerminal) writer.Write($"\r\u001b[K{text}");
            else writer.WriteLine(text);
            isShown = isTerminal;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            if (isShown) writer.Write("\r\u001b[K");
            isShown = false;
        }
    }
}
