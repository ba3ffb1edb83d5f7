using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Planning.Indirection;

/// <summary>A page of a library with the references on it that are not stable.</summary>
internal sealed class PageVariants
{
    private readonly List<UnstableReference> references = new();

    public IReadOnlyList<UnstableReference> References => references;

    public void Add(UnstableReference reference)
    {
        if (!references.Contains(reference)) references.Add(reference);
    }

    /// <summary>How many different pages there are when these references lead where they lead: one for each combination of their targets.</summary>
    public static long Count(IReadOnlyCollection<UnstableReference> unstable)
    {
        if (unstable.Count == 0) return 1;
        UnstableReference[] all = unstable.ToArray();
        var classes = new int[all[0].Providers.Count];
        int count = 1;
        foreach (UnstableReference reference in all)
        {
            // Splits each class of images that had equal pages so far.
            var numbers = new Dictionary<(int Class, int Place), int>();
            for (int i = 0; i < classes.Length; i++)
            {
                var key = (classes[i], reference.Providers[i].Place);
                if (!numbers.TryGetValue(key, out int number)) numbers.Add(key, number = numbers.Count);
                classes[i] = number;
            }

            count = numbers.Count;
        }

        return count;
    }
}
