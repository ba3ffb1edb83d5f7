using System;
using System.IO;
using System.Text;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Files;

/// <summary>Writes outputs so that a reader never sees half a file and an unchanged one keeps its time.</summary>
public static class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes text through a temporary file that is renamed; does nothing when the file has this text already.</summary>
    /// <returns>Whether the file was written.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static bool WriteIfChanged(string path, string text) => WriteIfChanged(path, Utf8.GetBytes(text));

    /// <summary>Writes bytes through a temporary file that is renamed; does nothing when the file has these bytes already.</summary>
    /// <returns>Whether the file was written.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static bool WriteIfChanged(string path, byte[] bytes)
    {
        if (File.Exists(path) && new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) return false;
        string? directory = Path.GetDirectoryName(Path.GetFullPath(path));
        if (directory is not null) Directory.CreateDirectory(directory);
        string temporary = GetTemporaryName(path);
        try
        {
            File.WriteAllBytes(temporary, bytes);
            Replace(temporary, path);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }

        return true;
    }

    /// <summary>The same, with a refusal of the system as a diagnostic.</summary>
    /// <returns>Whether the file was written; false when it had this text already, or after a diagnostic.</returns>
    public static bool TryWriteIfChanged(string path, string text, DiagnosticBag bag) => TryWriteIfChanged(path, Utf8.GetBytes(text), bag);

    /// <inheritdoc cref="TryWriteIfChanged(string, string, DiagnosticBag)"/>
    public static bool TryWriteIfChanged(string path, byte[] bytes, DiagnosticBag bag)
    {
        try
        {
            return WriteIfChanged(path, bytes);
        }
        catch (Exception exception) when (IsFileProblem(exception))
        {
            bag.ReportFileAccess(SourceLocation.OfFile(path), path, exception.Message);
            return false;
        }
    }

    /// <summary>A name beside <paramref name="path"/> that no other run uses.</summary>
    public static string GetTemporaryName(string path) => $"{path}.{Guid.NewGuid():n}.tmp";

    /// <summary>Puts a finished temporary file in the place of an output.</summary>
    public static void Replace(string temporary, string path)
    {
        // netstandard2.0 has no File.Move that overwrites; File.Replace needs an existing target.
        if (File.Exists(path)) File.Replace(temporary, path, null);
        else File.Move(temporary, path);
    }

    /// <summary>Whether an exception means that the system refused a file, and not that the program is wrong.</summary>
    public static bool IsFileProblem(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException;
}
