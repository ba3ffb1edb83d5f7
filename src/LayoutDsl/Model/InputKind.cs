namespace LayoutDsl.Model;

/// <summary>How a pattern's files become part of a library or image.</summary>
public enum InputKind
{
    /// <summary>Object files.</summary>
    Objects,

    /// <summary>Archives of which every member is linked.</summary>
    Archive,

    /// <summary>Archives of which those members are linked that any image of the fleet needs: the same ones in every image.</summary>
    Members,
}

/// <summary>Input kinds as the words of the language.</summary>
public static class InputKindText
{
    /// <summary>The property that declares inputs of this kind.</summary>
    public static string ToProperty(this InputKind kind) => kind switch { InputKind.Archive => "archive", InputKind.Members => "members", _ => "objects" };
}
