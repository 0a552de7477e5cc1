using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;

// For expressions that set none, others' code included: far beyond what any takes, and not for ever.
AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(10));

return HostedMode.IsHosted
    ? await HostedMode.RunAsync(CancellationToken.None)
    : await CommandLine.RunAsync(args);
