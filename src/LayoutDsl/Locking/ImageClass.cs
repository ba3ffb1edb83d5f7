using LayoutDsl.Model;

namespace LayoutDsl.Locking;

/// <summary>Names of the classes of sections that images have for themselves, under which a lock remembers where they start.</summary>
public static class ImageClass
{
    /// <summary>What all the names start with. No section can have such a name, since names have no dots.</summary>
    public const string Prefix = "images.";

    /// <summary>The name of a class, such as <c>images.rx</c> or <c>images.rw.zero</c>.</summary>
    public static string NameOf(Permissions permissions, bool isZero) => Prefix + permissions.ToLetters() + (isZero ? ".zero" : "");
}
