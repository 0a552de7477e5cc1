using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>An emulator of Azure Storage for one test.</summary>
internal static class StorageEmulator
{
    /// <summary>Starts it, or skips the test when it is not installed.</summary>
    public static Task<AzuriteProcess> StartAsync()
    {
        Assert.SkipWhen(AzuriteProcess.Missing is not null, AzuriteProcess.Missing ?? "");
        return AzuriteProcess.StartAsync(TestContext.Current.CancellationToken);
    }
}
