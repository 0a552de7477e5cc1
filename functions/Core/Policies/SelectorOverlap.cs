namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Tells when one selection lies within another, whatever resources there are. What it does not see through is "no":
/// two selections that only may meet are found when they do, target by target.
/// </summary>
internal static class SelectorOverlap
{
    /// <summary>Comparing every part with every part stays cheap for what people write; beyond it nothing is claimed.</summary>
    private const int MaximumSteps = 20_000;

    /// <summary>Whether everything the one selects is also selected by the other.</summary>
    public static bool IsWithin(TargetSelector inner, TargetSelector outer)
    {
        // What has to be asked for by its type is not selected by a selection that does not.
        if (TypeOf(inner) is { Length: > 0 } type && !KindNames.Usual.Contains(type, StringComparer.OrdinalIgnoreCase) && !outer.Names(type))
        {
            return false;
        }

        var steps = MaximumSteps;
        return Within(inner, outer, ref steps) && steps > 0;
    }

    private static string TypeOf(TargetSelector selector) => selector.ResourceType.Length > 0
        ? selector.ResourceType
        : selector.All.Select(TypeOf).FirstOrDefault(type => type.Length > 0) ?? "";

    /// <summary>By what the inner says itself, by one of its <c>all</c>, or by each of its <c>any</c>.</summary>
    private static bool Within(TargetSelector inner, TargetSelector outer, ref int steps)
    {
        if (outer.IsEmpty || --steps <= 0)
        {
            return false;
        }

        if (IsCovered(inner, outer, ref steps))
        {
            return true;
        }

        foreach (var each in inner.All)
        {
            if (Within(each, outer, ref steps))
            {
                return true;
            }
        }

        var isEach = inner.Any.Count > 0;
        foreach (var each in inner.Any)
        {
            isEach = isEach && Within(each, outer, ref steps);
        }

        return isEach;
    }

    private static bool IsCovered(TargetSelector inner, TargetSelector outer, ref int steps)
    {
        foreach (var part in Parts(outer))
        {
            if (--steps <= 0 || !Satisfies(inner, part, ref steps))
            {
                return false;
            }
        }

        foreach (var each in outer.All)
        {
            if (!Within(inner, each, ref steps))
            {
                return false;
            }
        }

        return (outer.Any.Count == 0 || IsWithinOneOf(inner, outer.Any, ref steps)) && ExcludesAll(inner, outer.Not, ref steps);
    }

    /// <summary>The single criteria, each as a selector of its own.</summary>
    private static IEnumerable<TargetSelector> Parts(TargetSelector selector)
    {
        var one = new TargetSelector();
        if (selector.ResourceType.Length > 0)
        {
            yield return one with { ResourceType = selector.ResourceType };
        }

        if (selector.Name.Length > 0)
        {
            yield return one with { Name = selector.Name };
        }

        if (selector.ResourceGroup.Length > 0)
        {
            yield return one with { ResourceGroup = selector.ResourceGroup };
        }

        if (selector.Subscription.Length > 0)
        {
            yield return one with { Subscription = selector.Subscription };
        }

        if (selector.ManagementGroup.Length > 0)
        {
            yield return one with { ManagementGroup = selector.ManagementGroup };
        }

        if (selector.Region.Length > 0)
        {
            yield return one with { Region = selector.Region };
        }

        foreach (var tag in selector.Tags)
        {
            yield return one with { Tags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { [tag.Key] = tag.Value } };
        }
    }

    /// <summary>Whether the criterion follows from the selector's own, from one of its <c>all</c>, or from each of its <c>any</c>.</summary>
    private static bool Satisfies(TargetSelector inner, TargetSelector part, ref int steps)
    {
        if (--steps <= 0)
        {
            return false;
        }

        if (Has(inner, part))
        {
            return true;
        }

        foreach (var each in inner.All)
        {
            if (Satisfies(each, part, ref steps))
            {
                return true;
            }
        }

        var isInEach = inner.Any.Count > 0;
        foreach (var each in inner.Any)
        {
            isInEach = isInEach && Satisfies(each, part, ref steps);
        }

        return isInEach;
    }

    private static bool Has(TargetSelector inner, TargetSelector part) =>
        (part.ResourceType.Length > 0 && Same(inner.ResourceType, part.ResourceType))
        || (part.Name.Length > 0 && Same(inner.Name, part.Name))
        || (part.ResourceGroup.Length > 0 && Same(inner.ResourceGroup, part.ResourceGroup))
        || (part.Subscription.Length > 0 && Same(inner.Subscription, part.Subscription))
        || (part.ManagementGroup.Length > 0 && Same(inner.ManagementGroup, part.ManagementGroup))
        || (part.Region.Length > 0 && Same(inner.Region, part.Region))
        || (part.Tags.Count > 0 && part.Tags.All(tag => inner.Tags.TryGetValue(tag.Key, out var values) && values.All(tag.Value.Contains)));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsWithinOneOf(TargetSelector inner, IReadOnlyList<TargetSelector> outers, ref int steps)
    {
        foreach (var outer in outers)
        {
            if (Within(inner, outer, ref steps))
            {
                return true;
            }
        }

        var isEach = inner.Any.Count > 0;
        foreach (var each in inner.Any)
        {
            isEach = isEach && IsWithinOneOf(each, outers, ref steps);
        }

        return isEach;
    }

    /// <summary>What the outer leaves out must be left out by the inner too, by the same words or wider ones.</summary>
    private static bool ExcludesAll(TargetSelector inner, IReadOnlyList<TargetSelector> excluded, ref int steps)
    {
        foreach (var each in excluded)
        {
            var isExcluded = false;
            foreach (var own in inner.Not)
            {
                isExcluded = isExcluded || Within(each, own, ref steps);
            }

            if (!isExcluded)
            {
                return false;
            }
        }

        return true;
    }
}
