using System;
using System.Diagnostics;
using System.IO;

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

    public void Show(string text) => Show(text, false);

    /// <summary>Says at once why nothing goes on.</summary>
    public void ShowNow(string text) => Show(text, true);

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
