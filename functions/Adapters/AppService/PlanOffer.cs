namespace ScaleFunctions.Adapters.AppService;

/// <summary>A size that a plan can have, as its own list tells.</summary>
/// <param name="Name">For example <c>P1v3</c>.</param>
/// <param name="Tier">Its pricing tier, for example <c>PremiumV3</c>.</param>
internal sealed record PlanOffer(string Name, string Tier)
{
    /// <summary>Instances a plan of it may have; absent when the list does not tell.</summary>
    public int? Most { get; init; }

    /// <summary>What App Service calls its family: the name without the number of the size, so <c>Pv3</c> of <c>P1v3</c>.</summary>
    public string Family => string.Concat(Name.TakeWhile(char.IsAsciiLetter).Concat(Name.SkipWhile(char.IsAsciiLetter).SkipWhile(char.IsAsciiDigit)));

    /// <summary>What stands at a place of the body of a plan of this size; nothing where the size has no say.</summary>
    public string? Member(string place) => place switch
    {
        "sku.name" or "sku.size" => Name,
        "sku.tier" => Tier,
        "sku.family" => Family,
        _ => null,
    };
}
