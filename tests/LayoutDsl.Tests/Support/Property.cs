using System;
using CsCheck;
using Xunit.Sdk;

namespace LayoutDsl.Tests.Support;

/// <summary>Checks a property over generated values, the same ones in every run.</summary>
internal static class Property
{
    /// <summary>Checks <paramref name="count"/> values; the exception of the first that fails says which it was.</summary>
    public static void Holds<T>(Gen<T> values, int count, Action<T> check)
    {
        for (int i = 0; i < count; i++)
        {
            T value = values.Generate(new PCG(1, (ulong)i), null, out _);
            try
            {
                check(value);
            }
            catch (Exception exception)
            {
                throw new XunitException($"Case {i} of {count}: {exception.Message}\n\n{value}", exception);
            }
        }
    }

    /// <summary>One value, the same in every run.</summary>
    public static T Pick<T>(Gen<T> values, int seed) => values.Generate(new PCG(1, (ulong)seed), null, out _);
}
