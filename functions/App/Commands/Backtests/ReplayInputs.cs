using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>What a request to replay comes to: the policies of one workload, a resource it may select, and the load.</summary>
internal sealed record ReplayInputs
{
    private const string UsualType = "Microsoft.Compute/virtualMachineScaleSets";
    private const string UsualRegion = "westeurope";
    private const string UsualSku = "Standard_D4s_v5";

    public required PolicySet Policies { get; init; }

    public required ReplaySetup Setup { get; init; }

    public required ReplayedLoad Load { get; init; }

    public required ReplaySpan Span { get; init; }

    /// <summary>Name of the autoscale setting that is compared with; empty without one.</summary>
    public string NativeName { get; init; } = "";

    /// <summary>Whether the load is in instances as they were measured, so that nothing is scaled.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>What else a reader of the figures has to know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What an instance costs an hour; absent when nobody said.</summary>
    public decimal? Price { get; init; }

    /// <summary>Currency of the price; empty when it was given on the command line.</summary>
    public string Currency { get; init; } = "";

    /// <exception cref="UserErrorException">Something is missing or wrong; the message says what, where and how to mend it.</exception>
    public static ReplayInputs Read(ReplayRequest request)
    {
        var (policies, setup) = ReadSetup(request);
        var (span, load) = Recorded(request);
        var prices = setup.Policies.Guardrails.Select(each => each.Prices).FirstOrDefault(each => each?.Of(setup.Target.Sku) is not null);
        return new ReplayInputs
        {
            Policies = policies,
            Setup = setup,
            Load = load,
            Span = span,
            IsMeasured = request.Mean is null,
            Price = request.Price ?? prices?.Of(setup.Target.Sku),
            Currency = request.Price is null ? prices?.Currency ?? "" : "",
        };
    }

    /// <summary>The policies of one workload and a resource it may select, without a load.</summary>
    /// <exception cref="UserErrorException">Something is missing or wrong; the message says what, where and how to mend it.</exception>
    public static (PolicySet Policies, ReplaySetup Setup) ReadSetup(ReplayRequest request)
    {
        var policies = PolicyDirectory.Load(request.Policies);
        if (policies.Errors.Count > 0)
        {
            PolicyMessages.Print(policies);
            throw new UserErrorException($"{request.Policies}: policies with errors are not replayed; mend what is told above, then try again");
        }

        var resolved = Choose(policies, request);
        return (policies, new ReplaySetup
        {
            Policies = resolved,
            Target = Target(resolved.Workload, request, request.Sku ?? UsualSku),
            Signals = Shown(resolved, request.Signal),
            BootMinutes = (int)Math.Ceiling(request.Boot.TotalMinutes),
        });
    }

    private static TargetPolicies.Resolved Choose(PolicySet policies, ReplayRequest request)
    {
        var names = policies.Workloads.Select(workload => workload.Name).ToList();
        var known = names.Count == 0 ? "there is none" : $"there are {string.Join(", ", names)}";
        var name = request.Workload ?? (names.Count == 1 ? names[0] : throw new UserErrorException($"{request.Policies}: name the workload with --workload; {known}"));
        return policies.For(name) switch
        {
            TargetPolicies.Resolved resolved => resolved,
            _ when !names.Contains(name) => throw new UserErrorException($"{request.Policies}: '{name}' does not fit --workload; {known}"),
            _ => throw new UserErrorException($"{policies.Workloads.First(each => each.Name == name).Source}: the workload '{name}' has no HorizontalScaling, so its bounds are not known; write one"),
        };
    }

    private static IReadOnlyList<ReplayedSignal> Shown(TargetPolicies.Resolved policies, string? chosen)
    {
        if (policies.LoadBased is not { } loadBased)
        {
            return chosen is null ? [] : throw new UserErrorException(
                $"{policies.Workload.Source}: the workload '{policies.Workload.Name}' has no LoadBasedScaling, so there is no signal '{chosen}'; leave --signal out");
        }

        var signals = ReplayedSignal.Of(loadBased, chosen);
        if (chosen is not null && !signals.Any(signal => signal.Name == chosen))
        {
            throw new UserErrorException(
                $"{loadBased.Source}: '{chosen}' does not fit --signal; the signals are {string.Join(", ", signals.Select(signal => signal.Name))}");
        }

        var unfit = signals.Where(signal => signal.As == ReplayedAs.Unfit).ToList();
        return unfit.Count == 0 ? signals : throw new UserErrorException(string.Join("\nerror: ", unfit.Select(signal => chosen is null
            ? $"{signal.Source}: the signal '{signal.Name}' cannot be replayed from one load: {signal.Why}. Say with --signal NAME which signal the load stands for (--signal {Suggested(signals, signal)}); what the load does not tell is then missing, as after an outage"
            : $"{signal.Source}: the load cannot stand for the signal '{signal.Name}': {signal.Why}. Name another with --signal")));
    }

    /// <summary>One that can be replayed, else a metric that the load could stand for.</summary>
    private static string Suggested(IReadOnlyList<ReplayedSignal> signals, ReplayedSignal unfit) =>
        (signals.FirstOrDefault(signal => signal.As == ReplayedAs.Cpu) ?? unfit).Name;

    private static (ReplaySpan Span, ReplayedLoad Load) Recorded(ReplayRequest request)
    {
        var points = TraceFiles.ReadDemand(request.Trace);
        try
        {
            var span = ReplaySpan.Of(points, request.Trace, request.From, request.To, request.Days);
            return (span, ReplayedLoad.Of(points, request.Trace, span, request.Mean));
        }
        catch (FormatException exception)
        {
            throw new UserErrorException(exception.Message, exception);
        }
    }

    private static ObservedTarget Target(WorkloadPolicy workload, ReplayRequest request, string sku)
    {
        var type = FirstOf(workload.Select, each => each.ResourceType) is { Length: > 0 } asked ? asked : UsualType;
        var id = $"/subscriptions/backtest/resourceGroups/backtest/providers/{type}/{workload.Name}";
        return new ObservedTarget
        {
            Id = TargetId.TryParse(id, out var parsed) ? parsed
                : throw new UserErrorException($"{workload.Source}: the workload '{workload.Name}' selects the type '{type}', which is no resource with instances; a backtest needs one such as vmss or plan"),
            Region = request.Region ?? (FirstOf(workload.Select, each => each.Region) is { Length: > 0 } region ? region : UsualRegion),
            Sku = sku,
            Capacity = 1,
            IsUpdating = false,
            Zones = request.Zones,
            Tags = new TargetTags.Known(new Dictionary<string, string>()),
            ReadAt = default,
        };
    }

    /// <summary>What the selection asks for itself, else what a part of it does.</summary>
    private static string FirstOf(TargetSelector select, Func<TargetSelector, string> field) => field(select) is { Length: > 0 } own
        ? own
        : select.All.Concat(select.Any).Select(each => FirstOf(each, field)).FirstOrDefault(each => each.Length > 0) ?? "";
}
