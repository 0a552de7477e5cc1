using System.CommandLine;
using ScaleFunctions.App.Local;

namespace ScaleFunctions.App.Commands;

/// <summary>Runs locally against a simulated Azure.</summary>
internal static class ServeCommand
{
    /// <summary>A simulated minute a second: slow enough to read along.</summary>
    private const double SpeedToWatch = 60;

    private const int DefaultPort = 7071;

    /// <summary>The time between two evaluations: a shorter run would do nothing.</summary>
    private static readonly TimeSpan ShortestRun = TimeSpan.FromMinutes(1);

    public static Command Create()
    {
        var speed = new Option<double?>("--speed")
        {
            Description = "Simulated seconds a real second has at most, or 0 for no limit. Default: 60; no limit with --duration.",
            HelpName = "FACTOR",
            CustomParser = result => SharedOptions.ParseNumber<double>(result, "0 or a positive number", value => value is >= 0 and < 1e9),
        };
        var trace = new Option<string?>("--trace") { Description = "CSV file (timestamp,value) with recorded load to replay on a scale set and an App Service plan.", HelpName = "FILE" };
        var mean = new Option<double>("--trace-mean")
        {
            Description = "Instances of the scale set that the recorded load needs on average; the plan needs half as many.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
            CustomParser = result => SharedOptions.ParseNumber<double>(result, "more than 0 and at most 1000 instances", value => value is > 0 and <= 1000),
        };
        var duration = SharedOptions.Span("--duration", "Simulated time to run, for example 2d; then a summary is printed. Default: until Ctrl-C.", ShortestRun);
        var port = new Option<int>("--port")
        {
            Description = "Port of the functions, the API and the page on 127.0.0.1; 0 picks a free one.",
            HelpName = "PORT",
            DefaultValueFactory = _ => DefaultPort,
            CustomParser = result => SharedOptions.ParseNumber<int>(result, "a port from 0 to 65535", value => value is >= 0 and < 65536),
        };
        var state = new Option<string?>("--state") { Description = "State directory to go on with. Default: a new one under .scalefunctions/runs.", HelpName = "DIR" };
        var policies = SharedOptions.Policies();
        var sandbox = new Option<string?>("--sandbox") { Description = "Use the sandbox of another process.", HelpName = "PORT/THUMBPRINT" };
        var faults = new Option<string?>("--faults") { Description = "JSON file of faults the simulated Azure shall show.", HelpName = "FILE" };
        var autoscale = new Option<string?>("--autoscale")
        {
            Description = "JSON file of autoscale settings, as Azure's API answers them, that the simulated Azure shall have.",
            HelpName = "FILE",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of the generated load.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            CustomParser = result => SharedOptions.ParseNumber<int>(result, "a whole number", _ => true),
        };

        var estate = SharedOptions.Estate();
        var scenario = new Option<string?>("--scenario")
        {
            Description = $"Show one thing, with an estate and policies of its own: {string.Join("; ", Scenario.All.Select(each => $"{each.Name} ({each.Shows})"))}.",
            HelpName = "NAME",
        };
        scenario.AcceptOnlyFromAmong([.. Scenario.All.Select(each => each.Name)]);
        var command = new Verb(
            "serve", "Run locally against a simulated Azure: load, metrics, decisions, writes, journal.",
            "sf serve",
            "sf serve --duration 2d --trace requests.csv",
            "sf serve --scenario rightsize --duration 4h")
        {
            speed, trace, mean, duration, port, state, policies, sandbox, faults, autoscale, seed, estate, scenario,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(estate) is not null && (result.GetValue(trace) is not null || result.GetValue(sandbox) is not null))
            {
                result.AddError("--estate is for generated load in a sandbox of one's own; leave out --trace and --sandbox");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(scenario) is not null
                && (result.GetValue(trace) is not null || result.GetValue(sandbox) is not null || result.GetValue(estate) is not null || result.GetResult(policies) is { Implicit: false }))
            {
                result.AddError("--scenario brings an estate and policies of its own; leave out --trace, --sandbox, --estate and --policies");
            }
        });
        command.SetAction((parsed, cancellationToken) => LocalMode.RunAsync(
            new LocalSettings
            {
                Speed = parsed.GetValue(speed) ?? (parsed.GetValue(duration) is null ? SpeedToWatch : 0),
                Trace = parsed.GetValue(trace),
                TraceMean = parsed.GetValue(mean),
                Duration = parsed.GetValue(duration),
                Port = parsed.GetValue(port),
                State = parsed.GetValue(state),
                Policies = parsed.GetValue(policies)!,
                Sandbox = parsed.GetValue(sandbox),
                Faults = parsed.GetValue(faults),
                Autoscale = parsed.GetValue(autoscale),
                Seed = parsed.GetValue(seed),
                Scenario = Scenario.Named(parsed.GetValue(scenario)),
                Estate = parsed.GetValue(estate) ?? EstateNames.Shop,
            },
            cancellationToken));
        return command;
    }
}
