namespace ScaleFunctions.Core.Policies;

/// <summary>The words for types of resources in selections: those of the kinds that are built in, and those that policies declare.</summary>
internal sealed class KindNames
{
    /// <summary>Selections without a type are of these; any other type is only selected by name. See <see cref="TargetSelector"/>.</summary>
    public static readonly IReadOnlyList<string> Usual = [WorkloadBinding.ScaleSetType, WorkloadBinding.PlanType];

    public static readonly IReadOnlyList<(string Alias, string Type)> BuiltIn =
        [("vmss", WorkloadBinding.ScaleSetType), ("plan", WorkloadBinding.PlanType), ("vm", WorkloadBinding.MachineType)];

    private readonly IReadOnlyList<(string Alias, string Type)> _all;

    private KindNames(IReadOnlyList<(string Alias, string Type)> all) => _all = all;

    /// <summary>With those of every document that declares one, whether or not the rest of it is valid: its errors are told there.</summary>
    public static KindNames Of(IReadOnlyList<ParsedDocument> documents) => new(
    [
        .. BuiltIn,
        .. documents
            .Where(document => document.Kind == ResourceKindBinding.Kind)
            .Select(document => (document.Name, Type: (document.Spec?["type"] as PolicyNode.Scalar)?.Text))
            .Where(each => each is { Name: not null, Type: not null })
            .Select(each => (each.Name!, each.Type!)),
    ]);

    public string? TypeOf(string text) =>
        _all.FirstOrDefault(each => text == each.Alias || text.Equals(each.Type, StringComparison.OrdinalIgnoreCase)).Type;

    public override string ToString() => string.Join(", ", _all.Select(each => $"'{each.Alias}' ('{each.Type}')"));
}
