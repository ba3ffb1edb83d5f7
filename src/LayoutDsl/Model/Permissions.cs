using System;

namespace LayoutDsl.Model;

/// <summary>What may be done with memory. The values are those of <c>p_flags</c> (gABI, Segment Permissions).</summary>
[Flags]
public enum Permissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Execute.</summary>
    Execute = 1,

    /// <summary>Write.</summary>
    Write = 2,

    /// <summary>Read.</summary>
    Read = 4,
}

/// <summary>Permissions as text.</summary>
public static class PermissionsText
{
    /// <summary>Letters such as <c>rx</c>.</summary>
    public static string ToLetters(this Permissions permissions) =>
        ((permissions & Permissions.Read) != 0 ? "r" : "") +
        ((permissions & Permissions.Write) != 0 ? "w" : "") +
        ((permissions & Permissions.Execute) != 0 ? "x" : "");

    /// <summary>Reads letters in any order, each once.</summary>
    public static bool TryParse(string letters, out Permissions permissions)
    {
        permissions = Permissions.None;
        foreach (char c in letters)
        {
            Permissions one = c switch { 'r' => Permissions.Read, 'w' => Permissions.Write, 'x' => Permissions.Execute, _ => Permissions.None };
            if (one == Permissions.None || (permissions & one) != 0) return false;
            permissions |= one;
        }

        return permissions != Permissions.None;
    }
}
