using System.ComponentModel;
using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.Adapters.Tests.Queues;

/// <summary>
/// The emulator of Azure Storage, one for all tests of the collection. <c>tests/run</c> installs it; without it the tests that need
/// it are skipped and say why.
/// </summary>
public sealed class Azurite : IAsyncLifetime
{
    private AzuriteProcess? _process;
    private string? _missing = AzuriteProcess.Missing;

    /// <summary>Skips the test when there is no emulator.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? "");
            return _process!.ConnectionString;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (_missing is not null)
        {
            return;
        }

        try
        {
            _process = await AzuriteProcess.StartAsync(CancellationToken.None);
        }
        catch (Win32Exception)
        {
            _missing = "Azurite needs Node.js, and there is no node on the path";
        }
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }
}
