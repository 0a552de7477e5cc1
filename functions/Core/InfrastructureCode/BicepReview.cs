namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Follows capacities from the modules of Bicep that take them to those who call them, by local paths alone.</summary>
internal sealed class BicepReview
{
    private const int CallsTold = 3;

    private readonly Dictionary<string, BicepSource> _templates;
    private readonly ILookup<string, (BicepSource Caller, BicepCall Call)> _calls;
    private readonly HashSet<(string File, string Parameter, string Resource)> _looked = [];
    private readonly List<CapacityReset> _resets = [];
    private readonly List<CodeDoubt> _doubts = [];
    private readonly HashSet<(string File, string Parameter)> _handedOver = [];

    public BicepReview(IReadOnlyList<BicepSource> templates)
    {
        _templates = templates.ToDictionary(each => each.File.Path);
        _calls = templates.SelectMany(caller => caller.Calls.Where(call => call.Target is not null).Select(call => (caller, call))).ToLookup(each => each.call.Target!);
        foreach (var template in templates)
        {
            _doubts.AddRange(template.Doubts);
            _doubts.AddRange(template.Calls.Select(call => DoubtOf(template, call)).OfType<CodeDoubt>());
            _resets.AddRange(template.Resets.Select(reset => reset with { CalledFrom = Told([.. _calls[template.File.Path]]) }));
            foreach (var need in template.Needs)
            {
                Follow(template, need);
            }
        }
    }

    public IReadOnlyList<CapacityReset> Resets => _resets;

    public IReadOnlyList<CodeDoubt> Doubts => _doubts;

    /// <summary>Parameters of a file without a default that capacities come from, and that whoever deploys it has to give.</summary>
    public IReadOnlyList<string> HandedOver(string file) => [.. _handedOver.Where(each => each.File == file).Select(each => each.Parameter)];

    private void Follow(BicepSource template, BicepNeed need)
    {
        if (!_looked.Add((template.File.Path, need.Parameter, need.Resource)))
        {
            return;
        }

        List<(BicepSource Caller, BicepCall Call)> calls = [.. _calls[template.File.Path]];
        List<(BicepSource Caller, BicepCall Call)> silent = [];
        foreach (var (caller, call) in calls)
        {
            if (call.Parameters is null)
            {
                _doubts.Add(new CodeDoubt(caller.File.Path, call.Line, $"what {call.Name} is given is not followed; {need.Resource} takes its capacity from {need.Parameter} of it"));
            }
            else if (call.Parameters.FirstOrDefault(each => each.Name == need.Parameter) is { } given)
            {
                Follow(caller, call, given, need with { Resource = need.Resource.Contains(" (", StringComparison.Ordinal) ? need.Resource : $"{need.Resource} ({template.File.Path}:{need.Line})" });
            }
            else
            {
                silent.Add((caller, call));
            }
        }

        if (template.DefaultOf(need) is { } usual)
        {
            // A default that every caller overrides sets nothing.
            if (calls.Count == 0 || silent.Count > 0)
            {
                _resets.Add(usual with { CalledFrom = Told(silent) });
            }
        }
        else if (calls.Count == 0)
        {
            _handedOver.Add((template.File.Path, need.Parameter));
            _doubts.Add(new CodeDoubt(
                template.File.Path, need.Line, $"{need.Resource} takes its capacity from the parameter {need.Parameter}: it is kept if every deployment passes the count there is, which is not seen here"));
        }
    }

    private void Follow(BicepSource caller, BicepCall call, CodeAttribute given, BicepNeed need)
    {
        var value = given.Value(caller.File.Text);
        if (caller.HasParameter(value))
        {
            Follow(caller, need with { Parameter = value, Line = caller.File.LineAt(given.Start) });
        }
        else if (!value.EndsWith(".sku.capacity", StringComparison.Ordinal) && !value.EndsWith(".sku.?capacity", StringComparison.Ordinal))
        {
            _resets.Add(caller.Passed(call, given, need));
        }
    }

    private static IReadOnlyList<string> Told(List<(BicepSource Caller, BicepCall Call)> calls) =>
        [.. calls.Take(CallsTold).Select(each => $"{each.Call.Name} at {each.Caller.File.Path}:{each.Call.Line}"), .. calls.Count > CallsTold ? (string[])[$"and {calls.Count - CallsTold} more"] : []];

    private CodeDoubt? DoubtOf(BicepSource template, BicepCall call)
    {
        var why = !call.IsFile ? "which comes from elsewhere"
            : call.Target is null ? "which is outside of the directory that is looked at: name one above both"
            : call.Target.EndsWith(".bicep", StringComparison.OrdinalIgnoreCase) && !_templates.ContainsKey(call.Target) ? "which was not read, or is a link"
            : "";
        return why.Length > 0 ? new CodeDoubt(template.File.Path, call.Line, $"the module {call.Name}, {why}, is not followed") : null;
    }
}
