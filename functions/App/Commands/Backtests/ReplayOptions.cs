using System.CommandLine;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>The options of the verbs that replay policies.</summary>
/// <param name="mayRecord">Whether the load may be that of a resource, too.</param>
internal sealed class ReplayOptions(bool mayRecord = false)
{
    /// <summary>What is scored at most, and what warms up before it.</summary>
    private const int UsualHistory = 42;

    private const double UsualMean = 20;
    private const double LargestMean = 1000;
    private const int MostZones = 3;
    private static readonly TimeSpan LongestBoot = TimeSpan.FromHours(2);

    private readonly Option<string> _policies = SharedOptions.Policies();
    private readonly Option<string?> _trace = new("--trace")
    {
        Description = mayRecord ? "Recorded load: CSV with lines timestamp,value. With --resource: where it is kept." : "Recorded load: CSV with lines timestamp,value.",
        HelpName = "FILE",
        Required = !mayRecord,
    };

    private readonly Option<string?> _resource = new("--resource") { Description = "Replay the load this resource has had, by Azure's metrics, and keep it in NAME.load.csv or --trace. A file that is there is replayed as it is.", HelpName = "NAME" };
    private readonly Option<int?> _history = Number<int>("--history", $"Days of it, with --resource. Default: {UsualHistory}.", "DAYS", $"a whole number from 1 to {LoadRecording.MostDays}", number => number is >= 1 and <= LoadRecording.MostDays);
    private readonly Option<string?> _state = SharedOptions.State();
    private readonly Option<string?> _workload = new("--workload") { Description = "Whose policies. Default: the only workload there is.", HelpName = "NAME" };
    private readonly Option<string?> _signal = new("--signal") { Description = "The signal that the load stands for, when it is not the processor.", HelpName = "NAME" };
    private readonly Option<double?> _mean = Number<double>("--mean", $"Instances the load is scaled to need on the average, at 80 % CPU. Default: {UsualMean}.", "N", $"a number above 0, at most {LargestMean}", number => number is > 0 and <= LargestMean);
    private readonly Option<bool> _inInstances = new("--in-instances") { Description = "The values of the load are instances needed; nothing is scaled." };
    private readonly Option<DateTimeOffset?> _from = SharedOptions.Time("--from", "Score from here on. What was recorded before warms up.");
    private readonly Option<DateTimeOffset?> _to = SharedOptions.Time("--to", "Score up to here. Default: the end of the recording.");
    private readonly Option<double?> _days = Number<double>("--days", "Score so many days before the end. Default: up to 28, after 7 or 14 to warm up.", "N", $"a number above 0, at most {ReplaySpan.LongestDays}", number => number is > 0 and <= ReplaySpan.LongestDays);
    private readonly Option<TimeSpan?> _boot = SharedOptions.Span("--boot", "From asking for an instance to its first serving minute. Default: 4m.", TimeSpan.FromSeconds(1));
    private readonly Option<decimal?> _price = Number<decimal>("--price", "What an instance costs an hour. Default: what the guardrails say.", "AMOUNT", "an amount of 0 or more, such as 0.10", number => number is >= 0 and < 1_000_000);
    private readonly Option<string?> _sku = new("--sku") { Description = "Size of the instances, for guardrails and prices. Default: Standard_D4s_v5.", HelpName = "SIZE" };
    private readonly Option<string?> _region = new("--region") { Description = "Region, for guardrails. Default: the workload's, else westeurope.", HelpName = "NAME" };
    private readonly Option<int?> _zones = Number<int>("--zones", "Availability zones the instances are spread over. Default: none.", "N", $"a whole number from 0 to {MostZones}", number => number is >= 0 and <= MostZones);

    public IEnumerable<Option> All =>
        [_policies, _trace, .. mayRecord ? (Option[])[_resource, _history, _state] : [], _workload, _signal, _mean, _inInstances, _from, _to, _days, _boot, _price, _sku, _region, _zones];

    /// <exception cref="UserErrorException">Options exclude each other.</exception>
    public ReplayRequest Read(ParseResult parsed)
    {
        var mean = parsed.GetValue(_mean);
        var boot = parsed.GetValue(_boot) ?? TimeSpan.FromMinutes(ScalingProtocol.BootMinutes);
        var (from, to, days) = (parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_days));
        var (trace, resource) = (parsed.GetValue(_trace), mayRecord ? parsed.GetValue(_resource) : null);
        return trace is null && resource is null ? throw new UserErrorException("the load to replay is missing; give --trace FILE, or --resource NAME to take that of a resource")
            : resource is not null && (mean is not null || parsed.GetValue(_inInstances)) ? throw new UserErrorException("the load of a resource is in instances already; leave --mean and --in-instances out")
            : (mean, parsed.GetValue(_inInstances)) is (not null, true) ? throw new UserErrorException("--mean scales the load and --in-instances leaves it as it is; give one of them")
            : from is not null && days is not null ? throw new UserErrorException("--from and --days both say where scoring begins; give one of them")
            : from >= to ? throw new UserErrorException($"--from {from:u} is not before --to {to:u}")
            : boot > LongestBoot ? throw new UserErrorException($"'{SpanText.Describe(boot)}' does not fit --boot; expected at most {SpanText.Describe(LongestBoot)}")
            : new ReplayRequest
            {
                Policies = parsed.GetValue(_policies)!,
                Trace = trace ?? "",
                Resource = resource,
                History = (mayRecord ? parsed.GetValue(_history) : null) ?? UsualHistory,
                State = mayRecord ? parsed.GetValue(_state) : null,
                Workload = parsed.GetValue(_workload),
                Signal = parsed.GetValue(_signal),
                Mean = parsed.GetValue(_inInstances) ? null : mean ?? UsualMean,
                From = from,
                To = to,
                Days = days,
                Boot = boot,
                Price = parsed.GetValue(_price),
                Sku = parsed.GetValue(_sku),
                Region = parsed.GetValue(_region),
                Zones = parsed.GetValue(_zones) ?? 0,
            };
    }

    private static Option<T?> Number<T>(string name, string description, string help, string expected, Func<T, bool> isFine)
        where T : struct, System.Numerics.INumber<T> => new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result => SharedOptions.ParseNumber(result, expected, isFine),
        };
}
