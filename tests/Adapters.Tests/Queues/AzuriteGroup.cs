namespace ScaleFunctions.Adapters.Tests.Queues;

/// <summary>Test classes that share one emulator.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteGroup : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}
