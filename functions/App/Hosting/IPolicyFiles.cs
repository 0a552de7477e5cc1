namespace ScaleFunctions.App.Hosting;

/// <summary>Where policy files come from.</summary>
internal interface IPolicyFiles
{
    /// <summary>The place, for people.</summary>
    string Place { get; }

    /// <summary>Least real time between two looks; what a look costs decides it.</summary>
    TimeSpan Every { get; }

    /// <summary>Changes whenever a file is added, removed or written, and when one becomes readable or ceases to be.</summary>
    /// <exception cref="Commands.UserErrorException">Nobody can look there just now.</exception>
    Task<string> StampAsync(CancellationToken cancellationToken);

    /// <summary>The set as it is now; nothing when it changes while it is read.</summary>
    /// <exception cref="Commands.UserErrorException">There is none, or it must not be used; says why.</exception>
    Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken);
}
