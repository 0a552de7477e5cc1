using ScaleFunctions.App.Commands;

return await CommandLine.RunAsync(args);
