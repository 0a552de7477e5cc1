using Microsoft.Extensions.Logging;
using NSubstitute;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Of a budget that no policy is about, people are told, and the log holds nothing that somebody else wrote into it.</summary>
public sealed class BudgetIntakeTests
{
    [Theory]
    [InlineData("/subscriptions/s-1/providers/Microsoft.Consumption/budgets/a_b.c(d)", "/subscriptions/s-1/providers/Microsoft.Consumption/budgets/a_b.c(d)")]
    [InlineData("shop\nError 1172 all is well\r\u2028\u202e'<b>", "shop?Error?1172?all?is?well?????b?")]
    [InlineData("long", "long")]
    public async Task What_nobody_is_about_is_told_in_one_line_of_plain_letters(string budget, string shown)
    {
        var directory = Directory.CreateTempSubdirectory("scalefunctions-intake-");
        var log = new CapturedLog();
        using (var store = SqliteStateStore.Open(directory.FullName))
        using (var loggers = LoggerFactory.Create(builder => builder.AddProvider(log)))
        {
            var queue = Substitute.For<IWorkQueue>();
            var (sent, told) = budget == "long" ? (new string('x', 201), new string('x', 200) + "…") : (budget, shown);

            await new BudgetIntake(new BudgetSignals(store, queue), new Unbudgeted(), loggers.CreateLogger<BudgetIntake>())
                .TakeAsync("e1", new BudgetSignal(sent, sent, "80"), DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);

            Assert.StartsWith($"Error 1172 SECURITY: something was said of a budget that no policy is about; nothing was read for it. It names '{told}' and says to come from '{told}'", Assert.Single(log.Lines), StringComparison.Ordinal);
            await queue.DidNotReceive().SendAsync(Arg.Any<WorkMessage>(), Arg.Any<CancellationToken>());
        }

        directory.Delete(recursive: true);
    }

    private sealed class Unbudgeted : IPolicySource
    {
        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(PolicyReader.Read(SamplePolicies.Files()));
    }
}
