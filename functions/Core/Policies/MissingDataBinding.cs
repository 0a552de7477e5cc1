using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>missingData</c>: <c>hold</c>, <c>{ instances: 6 }</c> or <c>{ behavior, instances, after }</c>.</summary>
internal static class MissingDataBinding
{
    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.MissingData);

    private static readonly (string Word, MissingDataBehavior Value)[] Behaviors =
        [.. Enum.GetValues<MissingDataBehavior>().Select(behavior => (MissingDataPolicy.Word(behavior), behavior))];

    /// <summary>The behaviors that need nothing else said.</summary>
    internal static IReadOnlyList<string> WordsAlone { get; } = [.. Behaviors.Where(each => !NeedsCount(each.Value)).Select(each => each.Word)];

    public static MissingDataPolicy? Bind(PolicyField field)
    {
        if (field.Node is PolicyNode.Scalar)
        {
            var alone = field.Choice([.. Behaviors.Where(each => WordsAlone.Contains(each.Word))]);
            return alone is null ? null : new MissingDataPolicy { Behavior = alone.Value };
        }

        if (field.Fields(Names) is not { } fields)
        {
            return null;
        }

        var behavior = fields.Optional("behavior")?.Choice(Behaviors) ?? MissingDataBehavior.Static;
        if (!NeedsCount(behavior) && fields.Has("instances"))
        {
            field.Fail($"gives 'instances', of which {MissingDataPolicy.Word(behavior)} makes no use; remove it, or choose another behavior");
        }

        var count = NeedsCount(behavior) ? fields.Required("instances")?.WholeNumber(1, HorizontalScalingBinding.MaximumInstances) : null;
        return new MissingDataPolicy
        {
            Behavior = behavior,
            Instances = count ?? 0,
            After = fields.Optional("after")?.Duration(TimeSpan.Zero) ?? MissingDataPolicy.Hold.After,
        };
    }

    private static bool NeedsCount(MissingDataBehavior behavior) =>
        behavior is MissingDataBehavior.Static or MissingDataBehavior.CurrentInstancesIfHigher or MissingDataBehavior.CurrentInstancesIfLower;
}
