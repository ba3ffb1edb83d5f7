using System;
using LayoutDsl.Cli;

// The tool's process: everything it does is in LayoutTool, which tests call in their own process.
return await LayoutTool.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
