using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>Thrown by the <c>Read</c> methods, for callers that have no use for an error as a value.</summary>
public sealed class ObjectFileException : Exception
{
    /// <summary>Makes an exception without a known place.</summary>
    public ObjectFileException()
        : this("The file is not a well-formed object file.")
    {
    }

    /// <summary>Makes an exception without a known place.</summary>
    public ObjectFileException(string message)
        : this(message, null)
    {
    }

    /// <summary>Makes an exception without a known place.</summary>
    public ObjectFileException(string message, Exception? innerException)
        : base(message, innerException) =>
        Error = new ObjectFileError(ObjectFileErrorCode.None, "", 0, message);

    /// <summary>Makes the exception of an error.</summary>
    public ObjectFileException(ObjectFileError error)
        : base((error ?? throw new ArgumentNullException(nameof(error))).ToString()) =>
        Error = error;

    /// <summary>What is wrong with the file.</summary>
    public ObjectFileError Error { get; }
}
