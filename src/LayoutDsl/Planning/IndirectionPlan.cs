namespace LayoutDsl.Planning;

/// <summary>A function that is called through a jump at one address in all images, wherever the function itself is.</summary>
/// <param name="Symbol">The function.</param>
/// <param name="Reason">Why.</param>
/// <param name="Images">How many images have code of a library that refers to it, members of families counted one by one.</param>
/// <param name="Gain">Pages that the fleet would have more of without it, as far as can be said before linking.</param>
/// <param name="IsThumb">Whether its code is Thumb code (Arm).</param>
public sealed record IndirectionPlan(string Symbol, IndirectionReason Reason, int Images, long Gain, bool IsThumb = false);

/// <summary>Why references to a symbol are not stable.</summary>
public enum IndirectionReason
{
    /// <summary>The layout names it.</summary>
    Named,

    /// <summary>The application has it, and every application has it somewhere else.</summary>
    ApplicationSymbol,

    /// <summary>It comes from another library in some images.</summary>
    ProviderDiffers,

    /// <summary>Some images lack it, which weak references allow.</summary>
    WeakMissing,

    /// <summary>They are stable now, but an earlier plan gave it a jump, whose address is in the code that calls it.</summary>
    Locked,
}

/// <summary>Reasons as words.</summary>
public static class IndirectionReasonText
{
    /// <summary>The reason as messages and reports have it.</summary>
    public static string ToText(this IndirectionReason reason) => reason switch
    {
        IndirectionReason.Named => "named",
        IndirectionReason.ApplicationSymbol => "application symbol",
        IndirectionReason.ProviderDiffers => "provider differs",
        IndirectionReason.WeakMissing => "weak missing",
        _ => "in the lock",
    };
}
