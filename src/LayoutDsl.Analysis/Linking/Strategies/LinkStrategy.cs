namespace LayoutDsl.Analysis.Linking.Strategies;

/// <summary>Where a link puts things.</summary>
public enum LinkStrategy
{
    /// <summary>As the plan says.</summary>
    LayoutDsl,

    /// <summary>As <em>Want More Unikernels? Inflate Them!</em> (Gain et al., SoCC'22) describes it.</summary>
    Spacer,

    /// <summary>As the linker does when it gets the same objects and archives in the usual way.</summary>
    Default,
}
