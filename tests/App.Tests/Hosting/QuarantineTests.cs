using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>What Azure forbids on all targets: one alert for all of them, and each is left alone in the end until somebody resumes it.</summary>
public sealed class QuarantineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_that_is_missing_is_told_once_and_targets_are_left_alone_after_the_fifth_failure()
    {
        var more = Enumerable.Range(0, 4).Select(index => RunningHandler.Spec(ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", $"more{index}"), 5)).ToList();
        await using var handler = await RunningHandler.StartAsync(null, more);
        handler.Sandbox.Faults.Set([new FaultRule { Method = "PATCH", Target = "virtualMachineScaleSets", Effect = new AnswerWith(403, "AuthorizationFailed") }]);
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(5), Cancellation);

        await TickAsync(handler, 40);

        Assert.Equal(1, Times(handler, "Azure forbids our writes of Microsoft.Compute/virtualMachineScaleSets"));
        Assert.Contains("on 5 targets: ", handler.Log.Text, StringComparison.Ordinal);
        Assert.Equal(5, Times(handler, " is in quarantine: 5 of its actions failed within 24 hours"));
        Assert.Equal(25, handler.Sandbox.Writes.All.Count);
        Assert.Contains("\"quarantine\":{", await handler.Client.GetStringAsync("api/v1/targets", Cancellation), StringComparison.Ordinal);

        handler.Sandbox.Faults.Clear();
        await TickAsync(handler, 3);
        Assert.Equal(25, handler.Sandbox.Writes.All.Count);
        foreach (var name in (string[])["web", "more0", "more1", "more2", "more3"])
        {
            using var resume = new HttpRequestMessage(HttpMethod.Post, $"api/v1/resume/{name}")
            {
                Content = new StringContent("""{ "by": "ann", "reason": "the role is there" }""", Encoding.UTF8, "application/json"),
            };
            resume.Headers.Add("Idempotency-Key", $"resume-{name}");
            using var answer = await handler.Client.SendAsync(resume, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await TickAsync(handler, 3);
        Assert.Equal(5, handler.Sandbox.Writes.All.Count(write => write.IsEffective));
        var fleet = await handler.Services.GetRequiredService<RowStore>().ReadFleetAsync(Cancellation);
        Assert.Empty(fleet.Denials);
    }

    private static int Times(RunningHandler handler, string text) => handler.Log.Text.Split(text).Length - 1;

    private static async Task TickAsync(RunningHandler handler, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            var queue = handler.Services.GetRequiredService<IWorkSource>();
            foreach (var work in await queue.ReceiveAsync(WorkKind.Evaluate, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation))
            {
                (await handler.PostAsync("Evaluate", HostPosts.Queue(work.Body))).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
                await queue.CompleteAsync(work, Cancellation);
            }
        }
    }
}
