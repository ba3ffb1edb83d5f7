namespace LayoutDsl.Cli.Output;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs: one JSON object.</summary>
    Json,

    /// <summary>For tools that show diagnostics: one SARIF 2.1.0 log.</summary>
    Sarif,

    /// <summary>The figures alone, for tables: of commands that measure (RFC 4180).</summary>
    Csv,
}
