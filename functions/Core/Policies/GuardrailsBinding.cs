using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: Guardrails</c>.</summary>
internal static class GuardrailsBinding
{
    public const string Kind = "Guardrails";

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.Guardrails, "skus", "regions", "spendPerHour", "fleet");

    private static readonly string[] BoundedKinds = [HorizontalScalingBinding.Kind, LoadBasedScalingBinding.Kind];

    public static GuardrailsPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        if (!Names.Allowed.Any(name => name != "workloads" && fields.Has(name)))
        {
            spec.Fail($"bounds nothing; give at least one of {Quoted.List(Names.Allowed.Skip(1))}");
        }

        return new GuardrailsPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Workloads = [.. (fields.Optional("workloads")?.Items() ?? []).Select(item => item.Name()).OfType<string>()],
            MaximumInstances = fields.Optional("maximumInstances")?.WholeNumber(1, HorizontalScalingBinding.MaximumInstances),
            MaxActionsPerDay = fields.Optional("maxActionsPerDay")?.WholeNumber(HorizontalScalingBinding.FewestActions, HorizontalScalingBinding.MostActions),
            Kinds = fields.Optional("kinds")?.Items()?.Select(Allowed).OfType<string>().ToList(),
            Mode = fields.Optional("mode")?.Choice(("observe", PolicyMode.Observe), ("act", PolicyMode.Act)),
            Source = header.Source,
            Origins = header.Origins,
        };
    }

    private static string? Allowed(PolicyField field)
    {
        var text = field.Text();
        if (text is null || BoundedKinds.Contains(text))
        {
            return text;
        }

        field.MustBe($"one of {Quoted.List(BoundedKinds)}");
        return null;
    }
}
