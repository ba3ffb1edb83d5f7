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
    case "strategies":
        StrategyBenchmark.Run();
        return 0;
    case "real-fleet" when args.Length is 2 or 3:
        return RealFleetBenchmark.Run(args[1], args.Length == 3 ? args[2] : null);
    case "editing":
        EditingBenchmark.Run();
        return 0;
    case "generator":
        GeneratorBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/LayoutDsl.Benchmarks -- measuring | planning [IMAGES] | strategies | real-fleet FILE.json [DIRECTORY] | editing | generator");
        return 2;
}
