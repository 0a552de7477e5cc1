namespace ScaleFunctions.Core.Spending;

/// <summary>What the amount of a saving rests on.</summary>
public enum SavingConfidence
{
    /// <summary>On prices, corrected by what bills said of the resource on all days it is for.</summary>
    Reconciled,

    /// <summary>On prices; not all days are billed yet, or the resource is not found on bills.</summary>
    Estimated,

    /// <summary>The price is not known, so that there is no amount.</summary>
    NotPriced,
}
