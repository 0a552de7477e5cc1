using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>Knows by which meters a type of resource is billed.</summary>
internal interface IMeterRule
{
    /// <summary>Name of the service in the price list. Values are compared with regard to case there.</summary>
    string Service { get; }

    /// <summary>The resource types, in lower case.</summary>
    IReadOnlyList<string> ResourceTypes { get; }

    /// <summary>What the list has a price for, and how many hours that is.</summary>
    (string Name, int Hours) Unit => ("1 Hour", 1);

    /// <summary>Why there is no one price for what is asked; absent when there may be one.</summary>
    string? WhyNot(PriceQuery query);

    /// <summary>The field by which the meters of a size are found in the price list, and the values it may have.</summary>
    (string Field, IReadOnlyList<string> Values) Find(PriceQuery query);

    /// <summary>Whether a meter of the service and region is the one that bills what is asked.</summary>
    bool Bills(PricedMeter meter, PriceQuery query);
}
