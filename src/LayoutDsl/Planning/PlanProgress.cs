using System;
using System.Threading;

namespace LayoutDsl.Planning;

/// <summary>Tells how far planning is, and lets it be stopped. It changes nothing in the plan.</summary>
/// <param name="Report">Told now and then what is done, of how many images, and of how many in all; may be null.</param>
/// <param name="Cancellation">Stops planning.</param>
public sealed record PlanProgress(Action<string, int, int>? Report, CancellationToken Cancellation)
{
    private const int Interval = 64;

    /// <summary>Nobody watches, and nothing stops it.</summary>
    public static PlanProgress None { get; } = new(null, CancellationToken.None);

    /// <summary>One image more is done.</summary>
    /// <param name="what">What is done with the images, such as <c>placed</c>.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="all">How many there are.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal void Step(string what, int done, int all)
    {
        if (done % Interval != 0) return;
        Cancellation.ThrowIfCancellationRequested();
        Report?.Invoke(what, done, all);
    }
}
