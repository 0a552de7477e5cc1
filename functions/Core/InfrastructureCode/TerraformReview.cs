namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>Brings together what Terraform's source, states and plans say of the same resources.</summary>
internal sealed class TerraformReview
{
    private const int CallsTold = 3;

    private readonly IReadOnlyList<TerraformResource> _resources;
    private readonly TerraformModules _modules;
    private readonly ILookup<string, TerraformResource> _byAddress;
    private readonly ILookup<TerraformResource, TerraformRecord> _states;
    private readonly ILookup<TerraformResource, TerraformRecord> _plans;
    private readonly ILookup<(string Directory, string Address), string> _autoscales;
    private readonly IReadOnlyList<TerraformRecord> _loneStates;
    private readonly IReadOnlyList<TerraformRecord> _lonePlans;

    public TerraformReview(
        IReadOnlyList<TerraformResource> resources, TerraformModules modules, IReadOnlyList<TerraformAutoscale> autoscales,
        IReadOnlyList<TerraformRecord> states, IReadOnlyList<TerraformRecord> plans)
    {
        (_resources, _modules) = (resources, modules);
        _byAddress = resources.ToLookup(each => each.Address);
        var (held, changed) = (Declared(states), Declared(plans));
        _states = Certain(held);
        _plans = Certain(changed);
        _autoscales = autoscales.SelectMany(each => each.Addresses.Select(address => (Key: (CodePath.DirectoryOf(each.File), address), each.Place))).ToLookup(each => each.Key, each => each.Place);

        // A plan that changes what source leaves alone is of other source than this.
        _lonePlans = [.. changed.Where(each => !each.Declared.Exists(resource => resource.Reset is not null)).Select(each => each.Record)];
        var planned = _lonePlans.Select(record => record.FullAddress).ToHashSet();
        _loneStates = [.. held.Where(each => each.Declared.Count == 0 && !planned.Contains(each.Record.FullAddress)).Select(each => each.Record)];
    }

    public IEnumerable<CapacityReset> Resets() =>
        _resources.Where(each => each.Reset is not null).Select(Complete)
            .Concat(_lonePlans.Select(record => Of(record, ResetProof.Plan) with { Planned = record.Count }))
            .Concat(_loneStates.Select(record => Of(record, ResetProof.State)));

    private CapacityReset Complete(TerraformResource resource)
    {
        var records = _states[resource].Concat(_plans[resource]).ToList();
        var ids = records.Select(record => record.ResourceId).Where(id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return resource.Reset! with
        {
            // One module that is called twice makes two resources of one line.
            ResourceId = ids is [var only] ? only : null,
            Planned = string.Join(", ", _plans[resource].Select(record => record.Count).Distinct()) is { Length: > 0 } planned ? planned : null,
            Autoscale = _autoscales[(CodePath.DirectoryOf(resource.File), resource.Address)].FirstOrDefault(),
            CalledFrom = [.. CallsOf(resource)],
        };
    }

    private IEnumerable<string> CallsOf(TerraformResource resource)
    {
        var calls = _modules.Places[CodePath.DirectoryOf(resource.File)].Where(place => place.Call is not null).ToList();
        var variable = resource.Reset!.Sets.StartsWith("var.", StringComparison.Ordinal) ? resource.Reset.Sets["var.".Length..] : "";
        return calls.Take(CallsTold)
            .Select(place => $"{place.Path} at {place.Call!.File}:{place.Call.Line}{(place.Call.Arguments.GetValueOrDefault(variable) is { } given ? $", which passes {TerraformSource.OneLine(given.Text)} in line {given.Line}" : "")}")
            .Concat(calls.Count > CallsTold ? [$"and {calls.Count - CallsTold} more"] : []);
    }

    private List<(TerraformRecord Record, List<TerraformResource> Declared)> Declared(IReadOnlyList<TerraformRecord> records) =>
        [.. records.Select(record => (record, Find(record)))];

    private static ILookup<TerraformResource, TerraformRecord> Certain(List<(TerraformRecord Record, List<TerraformResource> Declared)> records) => records
        .Where(each => each.Declared.Count == 1)
        .ToLookup(each => each.Declared[0], each => each.Record, (IEqualityComparer<TerraformResource>)ReferenceEqualityComparer.Instance);

    /// <summary>Where the resource of a record may be declared; none when that is not here.</summary>
    private List<TerraformResource> Find(TerraformRecord record)
    {
        var path = TerraformModules.Plain(record.Module);
        var root = CodePath.DirectoryOf(record.File);
        var isInRoot = _modules.Roots.Contains(root);
        var directories = _modules.ByPath[path].Where(place => !isInRoot || place.Root == root).Select(place => place.Directory).ToHashSet();
        List<TerraformResource> known = [.. _byAddress[record.Address].Where(each => directories.Contains(CodePath.DirectoryOf(each.File)))];
        if (known.Count == 0 && path.Length > 0 && !_modules.Names.Contains(path.Split('.')[1]))
        {
            // Whoever calls the module is not here: then its name tells nothing.
            known = [.. _byAddress[record.Address]];
        }

        return known;
    }

    private static CapacityReset Of(TerraformRecord record, ResetProof proof) => new()
    {
        File = record.File,
        Line = record.Line,
        Address = record.FullAddress,
        Type = record.AzureType,
        Sets = record.Count,
        Proof = proof,
        ResourceId = record.ResourceId.Length > 0 ? record.ResourceId : null,
        Advice = proof == ResetProof.Plan
            ? $"lifecycle {{ ignore_changes = [{record.Ignored}] }} where the resource is declared; that file is not here"
            : $"Terraform holds this count. Look whether its code says ignore_changes = [{record.Ignored}]; that file is not here",
    };
}
