using System.Text.Json.Nodes;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>
/// What must hold of every deployment, and breakages that it has to notice: a rule that accepts a broken deployment fails
/// its own test.
/// </summary>
internal sealed record TemplateRule(string Name, Func<Deployment, IEnumerable<string>> Check, params Breakage[] Breakages)
{
    public override string ToString() => Name;
}

/// <summary>A change that makes a deployment wrong, and the variant it is made to.</summary>
internal sealed record Breakage(string Name, Variant Variant, Action<Deployment> Break)
{
    private static readonly Variant FlexObserve = new("flex", "observe");
    private static readonly Variant FlexAct = new("flex", "act");
    private static readonly Variant PremiumAct = new("premium", "act");

    public static Breakage InObserve(string name, Action<Deployment> change) => new(name, FlexObserve, change);

    public static Breakage InAct(string name, Action<Deployment> change) => new(name, FlexAct, change);

    public static Breakage OnPremium(string name, Action<Deployment> change) => new(name, PremiumAct, change);

    public static Breakage Set(string type, JsonNode? value, params string[] path) => InAct($"{string.Join('.', path)} of {type} is {value ?? "absent"}", deployment =>
    {
        var parent = Deployment.At(deployment.Of(type)[0], path[..^1])!.AsObject();
        parent[path[^1]] = value?.DeepClone();
    });
}
