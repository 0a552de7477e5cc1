namespace ScaleFunctions.Core.Policies;

/// <summary>Writes a selection in one line: <c>type Microsoft.Compute/virtualMachineScaleSets, tag app: shop or shop-admin</c>.</summary>
internal static class SelectorText
{
    public static string Of(TargetSelector selector) => selector.IsEmpty ? "nothing" : Parts(selector);

    /// <summary>Tags in the order of their names: how a file orders them changes nothing.</summary>
    public static string Of(IReadOnlyDictionary<string, IReadOnlyList<string>> tags) =>
        string.Join(", ", tags.OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Select(tag => $"tag {tag.Key}: {string.Join(" or ", tag.Value)}"));

    private static string Parts(TargetSelector selector)
    {
        (string Word, string Value)[] places =
        [
            ("type", selector.ResourceType), ("name", selector.Name), ("resource group", selector.ResourceGroup),
            ("subscription", selector.Subscription), ("management group", selector.ManagementGroup), ("region", selector.Region),
        ];
        return string.Join(", ",
        [
            .. places.Where(place => place.Value.Length > 0).Select(place => $"{place.Word} {place.Value}"),
            .. selector.Tags.Count == 0 ? (string[])[] : [Of(selector.Tags)],
            .. Group("all of", selector.All),
            .. Group("any of", selector.Any),
            .. Group("none of", selector.Not),
        ]);
    }

    private static IEnumerable<string> Group(string word, IReadOnlyList<TargetSelector> parts) =>
        parts.Count == 0 ? [] : [$"{word} ({string.Join("; ", parts.Select(Of))})"];
}
