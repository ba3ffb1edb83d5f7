namespace LayoutDsl.Cli;

/// <summary>What the process tells its caller.</summary>
public static class ExitCodes
{
    /// <summary>Everything went well; there may be warnings.</summary>
    public const int Success = 0;

    /// <summary>The input has errors, which were reported.</summary>
    public const int Failure = 1;

    /// <summary>The command line has errors.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by a signal.</summary>
    public const int Interrupted = 130;
}
