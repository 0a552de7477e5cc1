namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Lists one type of resource of one subscription.</summary>
internal interface ITargetList
{
    /// <summary>ARM type of what it lists.</summary>
    string ResourceType { get; }

    /// <summary>Whether anybody wants it listed.</summary>
    bool IsWanted => true;

    /// <summary>
    /// Reads page by page into the listing. What cannot be read is a problem there or an exception, and the pages before it stay.
    /// </summary>
    Task ReadAsync(TargetListing listing, CancellationToken cancellationToken);
}
