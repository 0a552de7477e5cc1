using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: AlertChannels</c>.</summary>
internal static class AlertChannelsBinding
{
    public const string Kind = "AlertChannels";

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.AlertChannels);

    private static readonly FieldNames OwnerNames = FieldNames.Of(PolicyShapesJson.Default.AlertOwnerShape);

    public static AlertChannelsPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var list = fields.Required("channels");
        var channels = (list?.Items() ?? []).Select(AlertChannelBinding.Bind).OfType<(string Name, AlertChannel Channel)>().ToList();
        if (channels.DistinctBy(each => each.Name).Count() < channels.Count)
        {
            list!.Fail("has two channels of one name; policies name them");
        }

        if (channels.DistinctBy(each => each.Channel).Count() < channels.Count)
        {
            list!.Fail("has a channel twice; everything would be told twice there");
        }

        var owners = (fields.Optional("owners")?.Items() ?? []).Select(Owner).OfType<KeyValuePair<string, IReadOnlyList<string>>>().ToList();
        if (owners.DistinctBy(each => each.Key).Count() < owners.Count)
        {
            fields.Optional("owners")!.Fail("names an owner twice; put all channels of an owner into one list");
        }

        return new AlertChannelsPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Channels = channels.DistinctBy(each => each.Name).ToDictionary(each => each.Name, each => each.Channel, StringComparer.Ordinal),
            Default = fields.Optional("default") is { } names ? ChannelNames(names) : [],
            Owners = owners.DistinctBy(each => each.Key).ToDictionary(StringComparer.Ordinal),
            Source = header.Source,
            Origins = header.Origins,
        };
    }

    /// <summary>Names of channels; whether there are such is seen when all documents are.</summary>
    internal static IReadOnlyList<string> ChannelNames(PolicyField field) => [.. (field.Items() ?? []).Select(item => item.Name()).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static KeyValuePair<string, IReadOnlyList<string>>? Owner(PolicyField item)
    {
        if (item.Fields(OwnerNames) is not { } fields)
        {
            return null;
        }

        var owner = fields.Required("owner")?.Text();
        var names = fields.Required("channels") is { } list ? ChannelNames(list) : [];
        return owner is null ? null : KeyValuePair.Create(owner, names);
    }
}
