using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;

return HostedMode.IsHosted
    ? await HostedMode.RunAsync(CancellationToken.None)
    : await CommandLine.RunAsync(args);
