using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Policies;

/// <summary>Shows what the policies come to for one target, and where each value was written.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = "Name or resource id." };
        var policies = ReadOnlyEstate.Policies();
        var state = SharedOptions.State();
        var estate = SharedOptions.Estate();
        var format = SharedOptions.Format();
        var command = new Verb(
            "explain", "What the policies ask for a target, merged, and the file, line and column each value comes from.",
            "sf explain web",
            "sf explain web --estate large --policies docs/examples/large-estate")
        {
            target, policies, state, estate, format,
        };
        command.SetAction((parsed, cancellationToken) => ReadOnlyEstate.UseAsync(
            parsed.GetValue(policies),
            parsed.GetValue(state),
            parsed.GetValue(estate),
            (set, services) => RunAsync(set, services.GetRequiredService<ITargetInventory>(), parsed.GetValue(target)!, parsed.GetValue(format), cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        PolicySet policies, ITargetInventory inventory, string name, OutputFormat format, CancellationToken cancellationToken)
    {
        var target = Find(await inventory.ListAsync(cancellationToken), name);
        switch (policies.For(target))
        {
            case TargetPolicies.Resolved resolved:
                Print(EffectivePolicies.Of(resolved), format);
                return ExitCodes.Done;
            case TargetPolicies.Conflict conflict:
                throw new UserErrorException($"{target.Id.Name} is {conflict.Message}");
            case TargetPolicies.None none:
                throw new UserErrorException($"no policy applies to {target.Id.Name}: {none.Reason}");
            default:
                throw new InvalidOperationException("a case of TargetPolicies is missing here");
        }
    }

    private static void Print(IReadOnlyList<EffectiveValue> values, OutputFormat format)
    {
        IReadOnlyList<EffectiveValueLine> lines =
            [.. values.Select(value => new EffectiveValueLine(value.Kind, value.Policy, value.Path, value.Value, value.OriginText, value.Note))];
        var sheet = new Sheet("policy", "field", "value", "from", "note");
        foreach (var line in lines)
        {
            sheet.Add($"{line.Kind} {line.Policy}", line.Field, line.Value, line.Origin, line.Note);
        }

        sheet.Print(format, lines, AppJson.Default.IReadOnlyListEffectiveValueLine, "no policy says anything");
    }

    private static ObservedTarget Find(InventoryReading inventory, string name)
    {
        var found = inventory.Targets.Where(Fits).ToList();
        return found switch
        {
            [var only] => only,
            [] when inventory.LeftAlone.FirstOrDefault(Fits) is { } apart => throw new UserErrorException(
                $"{apart.Id.Name} is left alone: {apart.Owner.Why}"),
            [] => throw new UserErrorException(
                $"there is no target '{name}'{(inventory.Targets.Count == 0 ? "" : $"; there are {string.Join(", ", inventory.Targets.Take(10).Select(target => target.Id.Name))}")}"
                + (inventory is InventoryReading.Partial partial ? $" (the inventory is incomplete: {partial.Reason})" : "")),
            _ => throw new UserErrorException($"'{name}' may be any of {string.Join(", ", found.Select(target => target.Id.Value))}; name its resource id"),
        };

        bool Fits(ObservedTarget target) =>
            string.Equals(target.Id.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(target.Id.Value, name, StringComparison.OrdinalIgnoreCase);
    }
}
