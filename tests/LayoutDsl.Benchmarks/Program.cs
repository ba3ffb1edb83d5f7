using System;
using LayoutDsl.Benchmarks;

// Benchmarks compare within one run, since machines differ and are shared: they print ratios, and times only beside them.
switch (args.Length == 0 ? "" : args[0])
{
    case "measuring":
        MeasuringBenchmark.Run();
        return 0;
    case "planning":
        PlanningBenchmark.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100_000);
        return 0;
    case "editing":
        EditingBenchmark.Run();
        return 0;
    case "generator":
        GeneratorBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/LayoutDsl.Benchmarks -- measuring | planning [IMAGES] | editing | generator");
        return 2;
}
